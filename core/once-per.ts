/** The same function, asked once of each object and remembered for as long as the object is. */
export function oncePer<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = of(key);
    known.set(key, { value });
    return value;
  };
}
