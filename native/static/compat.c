/*
 * What libstdc++ of Debian 12 takes from a glibc newer than the one that released binaries are linked against.
 *
 * From 2.32 on this tells a program that it has but one thread, so that counters of references need no atomic
 * instructions. The addon always has several.
 */
char __libc_single_threaded = 0;

/*
 * log got a new version with 2.29, as it need not tell errors any more in the way of System V. RE2 calls it a few times
 * for a set of expressions; that of long double is as old as glibc.
 */
double log(double x);
long double logl(long double x);

__attribute__((visibility("hidden"))) double log(double x) { return (double)logl(x); }
