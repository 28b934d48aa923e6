import type { Architecture } from './architecture.js';
import { gru } from './gru.js';
import { linear } from './linear.js';
import { lstm } from './lstm.js';
import { mlp } from './mlp.js';
import { transformer } from './transformer.js';

export type { Architecture, InputShape } from './architecture.js';

/** The architectures a scenario may name. */
export const architectures = { linear, mlp, lstm, gru, transformer } satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof architectures;
