import { git } from '@adjutant/connectors/git';
import { createAdjutant } from '@adjutant/core';
import { allMetrics } from '@adjutant/metrics';
import { weekendDeploymentShare } from './weekend-deployment-share.ts';

const adjutant = await createAdjutant({
  store: 'adjutant.db',
  connectors: [git({ repositories: ['.'], deployments: { tags: 'v*' } })],
  metrics: { ...allMetrics, metrics: [...allMetrics.metrics, weekendDeploymentShare] },
});
await adjutant.sync();
const team = adjutant.workspace().as(await adjutant.owner());
console.log(await team.metric({ metricId: weekendDeploymentShare.id }));
await adjutant.close();
