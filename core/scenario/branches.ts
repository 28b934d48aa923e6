type Json = Readonly<Record<string, unknown>>;

const propertiesOf = (schema: Json | undefined): Readonly<Record<string, Json>> =>
  (schema?.['properties'] ?? {}) as Readonly<Record<string, Json>>;

/** The schemas that a value may have, those without keys left out. */
const branchesOf = (schema: Json): readonly Json[] =>
  ((schema['oneOf'] ?? schema['anyOf'] ?? []) as readonly Json[]).filter((branch) => 'properties' in branch);

/** The names of which a key of a branch must have one; nothing where it may have any value. */
const namesOf = (branch: Json, key: string): readonly unknown[] | undefined => {
  const value = propertiesOf(branch)[key];
  return value && 'const' in value ? [value['const']] : (value?.['enum'] as unknown[] | undefined);
};

/** The key that tells branches apart. */
const chooserOf = ([first, ...others]: readonly Json[]): string | undefined =>
  Object.keys(propertiesOf(first)).find((key) =>
    [first!, ...others].every((branch) => namesOf(branch, key) !== undefined),
  );

/** What a value chose among the branches of its schema. */
interface Choice {
  readonly schema: Json;
  /** The key that it chose by, and what it chose; nothing where there was no choice. */
  readonly by?: { readonly key: string; readonly name: string };
  readonly others: readonly Json[];
}

function chosen(schema: Json, value: unknown): Choice | undefined {
  const branches = branchesOf(schema);
  if (branches.length < 2) return { schema: branches[0] ?? schema, others: [] };
  const key = chooserOf(branches);
  const name = key === undefined ? undefined : (value as Json | undefined)?.[key];
  const own = branches.find((branch) => key !== undefined && namesOf(branch, key)!.includes(name));
  if (key === undefined || own === undefined) return undefined;
  return { schema: own, by: { key, name: String(name) }, others: branches.filter((b) => b !== own) };
}

function choiceAt(schema: Json, value: unknown, [key, ...rest]: readonly PropertyKey[]): Choice | undefined {
  const here = chosen(schema, value);
  if (key === undefined || here === undefined) return here;
  const inner =
    propertiesOf(here.schema)[String(key)] ?? here.schema['additionalProperties'] ?? here.schema['items'];
  if (typeof inner !== 'object' || inner === null) return undefined;
  return choiceAt(inner as Json, (value as Record<PropertyKey, unknown> | undefined)?.[key], rest);
}

/** The keys that may stand at a path. */
export interface Keys {
  readonly names: readonly string[];
  /** What was chosen there, as `kind "halt"`, and the choices to which a key belongs that is none of its own. */
  readonly choice?: { readonly said: string; readonly owners: (key: string) => readonly string[] };
}

/** The keys that may stand at a path of a value, of the branches that the value chose. */
export function keysAt(schema: unknown, value: unknown, path: readonly PropertyKey[]): Keys {
  const choice = choiceAt(schema as Json, value, path);
  if (choice === undefined) return { names: [] };
  const names = Object.keys(propertiesOf(choice.schema));
  const { by, others } = choice;
  if (by === undefined) return { names };
  const owners = (key: string): string[] =>
    others
      .filter((branch) => key in propertiesOf(branch))
      .flatMap((branch) => namesOf(branch, by.key)!.map(String));
  return { names, choice: { said: `${by.key} "${by.name}"`, owners } };
}
