#!/bin/bash -eu
# Run in the container of the Dockerfile beside this.
exec "$SRC/ctx/fuzz/build.sh"
