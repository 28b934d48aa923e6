import type { Architecture } from './architecture.js';
import { linear } from './linear.js';
import { mlp } from './mlp.js';

export type { Architecture, InputShape } from './architecture.js';

/** The architectures a scenario may name. */
export const architectures = { linear, mlp } satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof architectures;
