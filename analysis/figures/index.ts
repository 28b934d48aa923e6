import { contagion } from './contagion.js';
import { federation } from './federation.js';
import type { FigureMaker } from './figure.js';
import { leverageAndDefaults } from './leverage-and-defaults.js';
import { likeness } from './likeness.js';
import { losses } from './losses.js';
import { priceAndStress } from './price-and-stress.js';
import { skill } from './skill.js';
import { training } from './training.js';

/** The figures of a report, in its order, by the section they stand in. */
export const figureMakers = {
  'Price and stress': priceAndStress,
  'Herding, crowding, monoculture': likeness,
  'Leverage and defaults': leverageAndDefaults,
  'Losses by channel': losses,
  Contagion: contagion,
  'Federated learning': federation,
  Skill: skill,
  Training: training,
} satisfies Record<string, FigureMaker>;
