/** Overrides of the default scenario: 60 institutions, 250 days, one of them without its model for a while, and
 * three days so bad that some default. Learning is short, since it is not what these runs are for. */
export const troubled = [
  'days=250',
  'institutions.count=60',
  'learning.historyDays=120',
  'learning.firstSteps=20',
  'institutions.outages=[{institution: bank-03, from: 20, to: 60}]',
  'market.fundamentals.shocks=[{day: 40, class: equity, size: -0.7}, {day: 41, class: credit, size: -0.4}, {day: 42, class: government, size: -0.2}]',
];
