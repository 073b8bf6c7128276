/* What elfutils' configure would find with glibc 2.31, as far as libelf asks. */
#pragma once
#define PACKAGE_NAME "elfutils"
#define HAVE_DECL_MEMPCPY 1
#define HAVE_DECL_POWEROF2 1
#define HAVE_DECL_RAWMEMCHR 1
#define HAVE_DECL_REALLOCARRAY 1
#define HAVE_ERR_H 1
#define HAVE_ERROR_H 1
#define HAVE_GETTEXT 1
#include <eu-config.h>
