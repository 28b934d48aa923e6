import { graphTablesOf } from '../../analysis/graphs/run-graphs.js';
import { toGexfSeries } from '../../market/contagion/gexf-series.js';
import { contagionGraph } from '../../market/contagion/graph.js';
import { usageError } from '../errors.js';
import { readRun } from '../run-data.js';
import type { Exporter } from './exporter.js';

export const gexf: Exporter = {
  summary: 'a run’s contagion graph, day by day, as a timeline for Gephi',
  async export({ folder, kind }) {
    if (kind === 'sweep') throw usageError(`${folder}: is many runs; a graph is of one: name it`);
    const data = await readRun(folder, '');
    if (!data.tables.institutions || !data.tables.exposures)
      throw usageError(`${folder}: a record at "${data.scenario.record}" holds no balance sheets or claims`);
    const days = [...graphTablesOf(data)].map(({ day, tables }) => ({ day, graph: contagionGraph(tables) }));
    return new Map([['contagion.gexf', toGexfSeries(days)]]);
  },
};
