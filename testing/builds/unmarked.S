/* An object without notes, for marked_test.c. */
    .text
    nop
