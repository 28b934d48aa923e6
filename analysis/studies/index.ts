import { contagionWindow } from './contagion-window.js';
import { fireSaleStudy } from './fire-sale.js';
import { homogeneityAndContagion } from './homogeneity-and-contagion.js';
import { selfCorrecting } from './self-correcting.js';
import type { Study } from './study.js';
import { vulnerableBanksStudy } from './vulnerable-banks.js';

/** Studies of contagion on balance sheets, by the name that `herdscope contagion` takes. */
export const studies = {
  'contagion-window': contagionWindow,
  'fire-sale': fireSaleStudy,
  'homogeneity-and-contagion': homogeneityAndContagion,
  'self-correcting': selfCorrecting,
  'vulnerable-banks': vulnerableBanksStudy,
} satisfies Record<string, Study>;
