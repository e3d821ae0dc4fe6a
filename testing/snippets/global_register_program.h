/* A function of another file, which does not know of the register variable. */
#ifndef CTX_TESTING_SNIPPETS_GLOBAL_REGISTER_PROGRAM_H_
#define CTX_TESTING_SNIPPETS_GLOBAL_REGISTER_PROGRAM_H_

void change_callee_saved_registers(void);

#endif /* CTX_TESTING_SNIPPETS_GLOBAL_REGISTER_PROGRAM_H_ */
