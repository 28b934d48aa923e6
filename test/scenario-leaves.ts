type Json = Readonly<Record<string, unknown>>;

/** One field of the scenario's schema: where it stands (`[]` an element, `*` any name, `(x)` the branch that
 * names x), and its own schema. */
export interface Leaf {
  readonly path: string;
  readonly schema: Json;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** `(x)` for the branch that names x; nothing for one that null alone is the alternative to. */
const chosenBy = (branch: Json): string => {
  const named = Object.values(branch['properties'] as Json).find(
    (p) => isObject(p) && 'const' in p && p['const'] !== true,
  );
  return isObject(named) ? `(${String(named['const'])})` : '';
};

/** Every field of a JSON Schema that holds no fields of its own. */
export function leavesOf(schema: Json, path = ''): Leaf[] {
  const branches = (schema['oneOf'] ?? schema['anyOf'] ?? []) as Json[];
  if (branches.some((branch) => 'properties' in branch))
    return branches
      .filter((branch) => 'properties' in branch)
      .flatMap((branch) => leavesOf(branch, `${path}${chosenBy(branch)}`));
  if (isObject(schema['properties']))
    return Object.entries(schema['properties']).flatMap(([key, inner]) =>
      leavesOf(inner as Json, path === '' ? key : `${path}.${key}`),
    );
  const inside = [
    ['.*', schema['additionalProperties']],
    ['[]', schema['items']],
  ] as const;
  const deeper = inside.find(([, inner]) => isObject(inner) && !isScalar(inner));
  return deeper ? leavesOf(deeper[1] as Json, `${path}${deeper[0]}`) : [{ path, schema }];
}

/** A plain value, so that the list or record of it is one field. */
const isScalar = (schema: Json): boolean =>
  !('properties' in schema || 'oneOf' in schema || ('anyOf' in schema && !isPlainUnion(schema)));

const isPlainUnion = (schema: Json): boolean =>
  (schema['anyOf'] as Json[]).every((branch) => !('properties' in branch));
