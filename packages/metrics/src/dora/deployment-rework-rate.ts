import { type Columns, defineMetric, type SubjectRows } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { countedDeployments, noSuccessfulDeployment } from '../counted-deployments.ts';
import { unknownOutcome } from '../outcome.ts';
import { shareOutcome } from '../share-outcome.ts';

export const deploymentReworkRate = defineMetric({
  id: 'deployment_rework_rate',
  title: 'Deployment rework rate',
  unit: 'share',
  definition:
    'Successful deployments to production that were unplanned, made to repair what users already had, divided by all successful ones. A deployment is unplanned where its source calls it a hotfix or a rollback. Where its source does not say what it was, it counts as unplanned if it was the first to bring a merged pull request that its author marked as a hotfix or a revert: a proxy, and told as such. Where no source says of any deployment what it was and none brought such a change, the figure is unknown, not 0.',
  source: 'DORA, deployment rework rate: https://dora.dev/guides/dora-metrics/',
  version: 1,
  subject: 'deployment',
  columns: ['environment', 'result', 'finishedAt', 'kind', 'hotfixCount'],
  windowColumn: 'finishedAt',
  better: 'lower',
  compute({ columns, window, now }) {
    const { counted, caveats } = countedDeployments(columns, ['success']);
    if (counted.length === 0) return unknownOutcome(noSuccessfulDeployment);
    const { silent, proxies, isTold, isPart } = reworkAmong(columns, counted);
    if (!isTold) {
      return unknownOutcome(
        'No source says whether these deployments were planned, and none of them is known to have brought a hotfix or a revert.',
      );
    }
    return shareOutcome({ counted, isPart, instants: columns.finishedAt }, window, now, [
      ...caveats,
      ...shareCaveat(
        proxies,
        counted.length,
        'deployment',
        ['counts', 'count'],
        'as unplanned by a proxy: a hotfix or revert that came with it.',
      ),
      ...shareCaveat(
        silent - proxies,
        counted.length,
        'deployment',
        ['does', 'do'],
        'not say whether it was planned; without a known hotfix or revert it counts as planned.',
      ),
      ...smallSampleCaveat(counted.length, 'deployment'),
    ]);
  },
  computeValue({ columns }) {
    const { counted } = countedDeployments(columns, ['success']);
    const { isTold, isPart } = reworkAmong(columns, counted);
    return isTold ? counted.filter(isPart).length / counted.length : null;
  },
});

/** Which of the counted deployments are rework, and how far their sources tell. */
function reworkAmong(
  { kind, hotfixCount }: Columns<SubjectRows['deployment'], 'kind' | 'hotfixCount'>,
  counted: readonly number[],
): { silent: number; proxies: number; isTold: boolean; isPart: (row: number) => boolean } {
  const isSilent = (row: number): boolean => (kind[row] ?? null) === null;
  const isProxy = (row: number): boolean => isSilent(row) && (hotfixCount[row] ?? 0) > 0;
  const silent = counted.filter(isSilent).length;
  const proxies = counted.filter(isProxy).length;
  return {
    silent,
    proxies,
    isTold: silent < counted.length || proxies > 0,
    isPart: (row) => kind[row] === 'hotfix' || kind[row] === 'rollback' || isProxy(row),
  };
}
