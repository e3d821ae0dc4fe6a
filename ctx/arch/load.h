/* A load is how a piece of an argument is read on its way into a frame. An architecture chooses the
 * one that widens a scalar as its calling convention wants it. */
#ifndef CTX_ARCH_LOAD_H_
#define CTX_ARCH_LOAD_H_

/* All except CTX_LOAD_COPY write eight bytes. CTX_LOAD_I* extend by the sign, CTX_LOAD_U* by 0. */
typedef enum ctx_load {
  CTX_LOAD_U64,
  CTX_LOAD_U32,
  CTX_LOAD_U16,
  CTX_LOAD_U8,
  CTX_LOAD_I32,
  CTX_LOAD_I16,
  CTX_LOAD_I8,
  CTX_LOAD_COPY,    /* any number of bytes, as they are */
  CTX_LOAD_ADDRESS, /* reads no argument: the address of a part of the frames, a copy of one */
  CTX_NUM_LOADS
} ctx_load;

#endif /* CTX_ARCH_LOAD_H_ */
