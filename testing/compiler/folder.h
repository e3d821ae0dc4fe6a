/* Temporary folders. */
#ifndef CTX_TESTING_COMPILER_FOLDER_H_
#define CTX_TESTING_COMPILER_FOLDER_H_

/* folder_create makes an empty folder, in the test's own where there is one ($TEST_TMPDIR). The
 * caller gives its path to folder_remove. Null if it fails. */
char *folder_create(void);

/* folder_remove removes the folder with all that is in it, and frees the path. */
void folder_remove(char *path);

#endif /* CTX_TESTING_COMPILER_FOLDER_H_ */
