static _Thread_local int counter;

/* Returns the address of the calling thread's counter. The asm statement hides from the compiler
 * that the address is always the same within a thread. */
__attribute__((noinline)) static int *this_counter(void) {
  int *address = &counter;
  __asm__ volatile("" : "+r"(address));
  return address;
}
