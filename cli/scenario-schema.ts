import { z } from 'zod';
import { scenarioSchema } from '../core/scenario.js';
import { catalogue } from './catalogue.js';

type Json = Record<string, unknown>;

/** JSON Schema of scenario files, with a description and unit on every field, for editors and for suggestions. */
export function scenarioJsonSchema(): Json {
  const schema = z.toJSONSchema(scenarioSchema(catalogue), { io: 'input', unrepresentable: 'any' }) as Json;
  const base = {
    type: 'string',
    description: 'A scenario to start from, relative to this file; this file’s keys replace its own.',
    unit: 'path',
  };
  return {
    ...schema,
    title: 'Herdscope scenario',
    properties: { extends: base, ...(schema['properties'] as Json) },
  };
}
