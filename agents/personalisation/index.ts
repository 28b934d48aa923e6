import type { Brief } from '../../core/protocol.js';
import { ditto } from './ditto.js';
import { fedper } from './fedper.js';
import { none } from './none.js';
import type { Personalisation } from './personalisation.js';

/** The ways of personalisation a scenario may name. */
export const personalisations = { none, fedper, ditto } satisfies Record<string, Personalisation>;

type Choice = Pick<Brief, 'personalisation'>;

const chosen = ({ personalisation }: Choice): Personalisation<unknown> =>
  personalisations[
    personalisation.method as keyof typeof personalisations
  ] as unknown as Personalisation<unknown>;

/** Tensors at the end of every model that stay at home. */
export const tensorsKept = (brief: Choice): number => chosen(brief).keeps?.(brief.personalisation) ?? 0;

/** Weight of the pull towards the federation's model; undefined where there is one model only. */
export const pullOf = (brief: Choice): number | undefined => chosen(brief).pull?.(brief.personalisation);
