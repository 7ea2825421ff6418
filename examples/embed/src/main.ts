import { git } from '@adjutant/connectors/git';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';

const connectors = [git({ repositories: ['.'] })];
const adjutant = await createAdjutant({ store: 'adjutant.db', connectors, metrics: allMetrics });
await adjutant.sync();
const team = adjutant.workspace().as(await adjutant.owner());
console.log(await team.metric({ metricId: 'throughput' }));
await adjutant.close();
