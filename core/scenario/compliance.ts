import { field, nonNegative, positive, section } from './field.js';

export const complianceSchema = section(
  {
    changeFeeBps: field(
      nonNegative.max(10_000).default(1),
      'What an institution pays for a change of architecture that a mandate orders, of its assets under management.',
      'basis points',
    ),
    energyPriceUsd: field(
      nonNegative.default(0.15),
      'What the energy of retraining costs, per kilowatt-hour.',
      'USD per kWh',
    ),
    flopPerJoule: field(
      positive.default(1e10),
      'Floating-point operations that retraining gets out of a joule.',
      'FLOP per joule',
    ),
  },
  'What mandates cost the institutions that they bind.',
);
