#ifndef CONSUMER_ADDER_H_
#define CONSUMER_ADDER_H_

/* adder_add returns a + b, computed in a context of its own, or -1 if that cannot be made. */
int adder_add(int a, double b);

#endif
