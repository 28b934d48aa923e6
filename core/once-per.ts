/** A function that is asked once of each object. */
export interface OncePer<Key extends object, Value> {
  (key: Key): Value;
  /** Says what it would answer, where that has been reckoned on the way. */
  readonly tell: (key: Key, value: Value) => void;
}

/** The same function, asked once of each object and remembered for as long as the object is. */
export function oncePer<Key extends object, Value>(of: (key: Key) => Value): OncePer<Key, Value> {
  const known = new WeakMap<Key, { readonly value: Value }>();
  const tell = (key: Key, value: Value): void => void known.set(key, { value });
  const answer = (key: Key): Value => {
    const before = known.get(key);
    if (before) return before.value;
    const value = of(key);
    tell(key, value);
    return value;
  };
  return Object.assign(answer, { tell });
}
