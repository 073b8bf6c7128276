/**
 * Freezes a value and all that it holds. What is shared between events must not be changed by the one who gets it
 * first.
 */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const v of Object.values(value)) deepFreeze(v);
    Object.freeze(value);
  }
  return value;
}
