import { z } from 'zod';
import type { LiveAuthority } from '../authority.js';
import { SCRIPT } from '../oversight/ticket.js';
import { jsonPage, type Asked, type Page, type Pages } from './pages.js';

const by = z
  .string()
  .min(1)
  .max(100)
  .refine((name) => name !== SCRIPT, { message: `"${SCRIPT}" is the name of scripted overseers` })
  .default('overseer');
const verdictSchema = z.strictObject({
  ticket: z.string().min(1).max(300),
  approved: z.boolean(),
  by,
  reason: z.string().max(1000).default(''),
});
const orderedSchema = z.strictObject({ by, entry: z.looseObject({ kind: z.string().min(1).max(100) }) });

/** Who may oversee a run, and what is told of those who try. */
export interface OversightTerms {
  readonly live: LiveAuthority;
  readonly isOverseer: (token: string) => boolean;
  readonly log: (event: string, message: string) => void;
}

/** What was sent, as a schema says, or the page that says what is wrong with it. */
function parsed<T>(schema: z.ZodType<T>, body: string): { readonly value: T } | { readonly page: Page } {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return { page: jsonPage(400, { error: 'not JSON' }) };
  }
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data };
  const [issue] = result.error.issues;
  return { page: jsonPage(400, { error: `${issue!.path.join('.') || 'body'}: ${issue!.message}` }) };
}

/** Lets overseers, by their token, decide orders that wait and order interventions while a run goes on. What they say is
 * taken up when the run next asks, recorded with its day, and replayed by whoever reproduces the run. */
export function oversightPages({ live, isOverseer, log }: OversightTerms): Pages {
  const only =
    (answer: (asked: Asked) => Page) =>
    (asked: Asked): Page => {
      if (asked.token !== undefined && isOverseer(asked.token)) return answer(asked);
      log('refused', 'refused an overseer: its token is none');
      return jsonPage(401, { error: 'an overseer’s token is needed' });
    };
  return {
    'GET /oversight/waiting': only(() => jsonPage(200, { waiting: live.waiting() })),
    'POST /oversight/verdicts': only(({ body }) => {
      const read = parsed(verdictSchema, body);
      if ('page' in read) return read.page;
      if (!live.waiting().some(({ id }) => id === read.value.ticket))
        return jsonPage(404, { error: `no order ${read.value.ticket} waits` });
      live.decide(read.value);
      return jsonPage(202, { taken: true });
    }),
    'POST /oversight/interventions': only(({ body }) => {
      const read = parsed(orderedSchema, body);
      if ('page' in read) return read.page;
      live.order({ by: read.value.by, entry: read.value.entry });
      return jsonPage(202, { taken: true });
    }),
  };
}
