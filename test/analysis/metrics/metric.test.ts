import { expect } from 'chai';
import { byTopic, metric, topics, type Topic } from '../../../analysis/metrics/metric.js';

const of = (topic: Topic, value: number) =>
  metric(
    { label: topic, unit: 'count', topic, meaning: 'A measure of the test.' },
    value,
    'the test says so',
  );

describe('analysis/metrics/metric', () => {
  it('tells topics in order, and is silent about those in which nothing happened', () => {
    const { told, silent } = byTopic({
      a: of('mandates', 0),
      b: of('crowding', 0),
      c: of('crowding', 0.5),
      d: of('market', -1),
      e: of('oversight', 0),
      f: of('oversight', NaN),
    });
    expect(told.map(({ topic, measures }) => [topic, measures.length])).to.deep.equal([
      ['market', 1],
      ['crowding', 2],
    ]);
    expect(silent).to.deep.equal(['mandates', 'oversight']);
  });

  it('places every topic that a measure can speak of', () => {
    const all = Object.fromEntries(topics.map((topic) => [topic, of(topic, 1)]));
    expect(byTopic(all).told.map(({ topic }) => topic)).to.deep.equal([...topics]);
  });
});
