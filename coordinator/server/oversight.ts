import { z } from 'zod';
import { NotTaken, type Hindrance, type LiveAuthority } from '../live-authority.js';
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

const statuses: Readonly<Record<Hindrance, number>> = { unknown: 404, decided: 409, over: 409, early: 503 };

/** Acknowledges what was said once it is kept for good; says why where it was not taken. */
function acknowledged(say: () => void, log: OversightTerms['log']): Page {
  try {
    say();
    return jsonPage(202, { taken: true });
  } catch (error) {
    if (error instanceof NotTaken) return jsonPage(statuses[error.hindrance], { error: error.message });
    log('unkept', `a decision was not taken: ${error instanceof Error ? error.message : String(error)}`);
    return jsonPage(503, { error: 'not taken: it could not be kept, and the coordinator’s log says why' });
  }
}

/** Lets overseers, by their token, decide orders that wait and order interventions while a run goes on. What they say is
 * kept before it is acknowledged, taken up when the run next asks, recorded with its day, and replayed by whoever
 * reproduces the run. */
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
      return 'page' in read ? read.page : acknowledged(() => live.decide(read.value), log);
    }),
    'POST /oversight/interventions': only(({ body }) => {
      const read = parsed(orderedSchema, body);
      if ('page' in read) return read.page;
      const { by: who, entry } = read.value;
      return acknowledged(() => live.order({ by: who, entry }), log);
    }),
  };
}
