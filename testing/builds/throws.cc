// A library that a program loads: its function throws.
extern "C" void throws() { throw 1; }
