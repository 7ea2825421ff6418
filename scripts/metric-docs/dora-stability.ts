import type { MetricDocs } from './metric-doc.ts';
import type { TimelineRow } from './timeline.ts';

const noReworkFigure = 'no such figure';

/** The deployments of example G3. */
const deployments: TimelineRow = {
  label: 'deployments',
  instants: [
    { at: 3, label: 'd1' },
    { at: 24, label: 'd2: brings a failure' },
    { at: 52, label: 'd3: run failed', ignored: true },
    { at: 64, label: 'd4: hotfix' },
    { at: 97, label: 'd5' },
  ],
};

/** Pages of deployments that went wrong. */
export const doraStabilityDocs: MetricDocs = {
  change_fail_rate: {
    answers: 'How many deployments failed their users?',
    formula: `failed(deployment) = an incident of our own comes from it, or a rollback took it back
value = successful deployments that failed ÷ successful deployments, to production`,
    timeline: {
      title: 'Deployments and incidents of example G3',
      rows: [
        {
          ...deployments,
          brackets: [{ from: 3, to: 97, label: '1 failed of 4 successful = 25 %' }],
        },
        {
          label: 'incidents',
          instants: [
            { at: 31, label: 'i1, of d2' },
            { at: 44, label: 'i2, of d2: d2 counts once' },
            { at: 88, label: 'i3, external', ignored: true },
          ],
        },
      ],
      note: 'Not to scale. d3 never reached users; i3 came from outside.',
    },
    edgeCases: [
      'Two incidents of one deployment are one failed deployment.',
      'A rollback that is itself taken back brings the change again: no second failure.',
      'An incident that names no deployment goes to the latest success of the same service within 72 hours before it, and a caveat says how many rest on that.',
      'An incident that fits no deployment is not counted; a caveat counts it. Where none fits, the figure is unknown.',
      'Without a source of incidents it is unknown, never 0. `revert_share` is the proxy that needs none.',
      'A deployment of the last 72 hours may still fail; a caveat counts those.',
    ],
    worked: {
      example: 'G3',
      value: 0.25,
      shown: '25 %',
      why: 'incidents are tied by time across services, external ones too; failed runs divide; pairs are counted',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: '2/4 = 50 %',
        why: 'It ties an incident to the latest success before it in the whole project, whatever its service or cause, so the external i3 makes d4 a failure.',
      },
      {
        system: 'Middleware',
        number: '2/5 = 40 %',
        why: 'It ties incidents to the time between two deployments of a team, so i3 counts too, and it divides by all runs, the failed d3 among them.',
      },
      {
        system: 'Four Keys',
        number: '2/4 = 50 %',
        why: 'It counts pairs of incident and change, so d2 counts twice; with several incidents each it can exceed 100 %. Its link is "root cause: SHA" in the text of an issue.',
      },
    ],
    canMislead: [
      'It is as good as the incidents: who opens none has a rate of 0, and who opens one for every alarm a high one.',
      'Small samples leap: one failure in four deployments is 25 %, and says little.',
      'Splitting a release into ten deployments lowers it without one failure fewer.',
      'It says nothing of how bad a failure was.',
    ],
  },
  failed_deployment_recovery_time: {
    answers: 'How long until a failed deployment was put right?',
    formula: `recovery(failed deployment) = last of its incidents resolved at − deployment finished at
value = p50 of recovery, over the failed deployments that ended in the window`,
    timeline: {
      title: 'Recovery from the failed deployment of example G3',
      rows: [
        {
          instants: [
            { at: 0, label: 'd2 deployed' },
            { at: 16, label: 'i1 begins' },
            { at: 36, label: 'i2 begins' },
            { at: 82, label: 'hotfix deployed' },
            { at: 100, label: 'i1 and i2 resolved' },
          ],
          spans: [{ from: 0, to: 100, label: 'users have the failure', stage: 'failed' }],
          brackets: [
            { from: 0, to: 100, label: 'recovery 26.5 h, one value' },
            { from: 16, to: 100, label: 'time_to_restore of i1: 25.5 h', beside: true },
            { from: 36, to: 100, label: 'time_to_restore of i2: 21.5 h', beside: true },
          ],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Several incidents of one deployment are one value, up to the last that was resolved.',
      'A failure that only a rollback tells of ends with the end of that rollback.',
      'One that is still open has no value yet: left out and counted in a caveat.',
      'Resolved before the deployment, by the clocks: left out, and said so.',
      'No deployment failed: unknown, because there was nothing to recover from.',
    ],
    worked: {
      example: 'G3',
      value: 26.5,
      shown: '26.5 h',
      why: 'per incident instead of per deployment, from the creation of the incident, or in whole hours',
    },
    differsFrom: [
      {
        system: 'DevLake',
        why: 'In its 2023 mode it also runs from the end of the deployment to the resolution, one value per incident instead of one per failed deployment; in its 2021 mode from the creation of the incident.',
      },
      {
        system: 'Middleware',
        why: 'It takes the mean from the creation of an incident to its resolution: what failed before somebody noticed is not in it.',
      },
      {
        system: 'Four Keys',
        why: 'It runs from the causing commit or the issue, whichever is earlier, to the closing of the issue, in whole hours.',
      },
    ],
    canMislead: [
      'An incident that is closed days after the repair makes a recovery long.',
      'What is open now is missing, so the newest weeks look better than they will.',
      'Few deployments fail: look at the sample size before a trend.',
    ],
  },
  deployment_rework_rate: {
    answers: 'How many deployments only repaired what users already had?',
    formula: `unplanned(deployment) = called hotfix or rollback by its source;
  where the source is silent: brought a pull request marked as hotfix or revert (proxy)
value = successful unplanned deployments ÷ successful deployments, to production`,
    timeline: {
      title: 'Planned and unplanned deployments of example G3',
      rows: [
        {
          ...deployments,
          spans: [{ from: 24, to: 64, label: 'users have the failure of d2', stage: 'failed' }],
          brackets: [{ from: 3, to: 97, label: '1 unplanned of 4 successful = 25 %' }],
        },
      ],
      note: 'Not to scale. d4 is the unplanned one: a hotfix.',
    },
    edgeCases: [
      'A failed run reached nobody and is neither planned nor unplanned work for users.',
      'A silent source and no marked pull request: the deployment counts as planned, and a caveat says how many do so.',
      'No source says of any deployment what it was, and none brought a marked change: unknown, not 0.',
      'A hotfix brought along by a later planned deployment does not make that one unplanned if it was not the first to bring it.',
    ],
    worked: {
      example: 'G3',
      value: 0.25,
      shown: '25 %',
      why: 'the fifth DORA metric is missing elsewhere',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: noReworkFigure,
        why: 'It has four DORA metrics; the fifth is missing.',
      },
      {
        system: 'Middleware',
        number: noReworkFigure,
        why: 'It has four DORA metrics; the fifth is missing.',
      },
      {
        system: 'Four Keys',
        number: noReworkFigure,
        why: 'It has four DORA metrics; the fifth is missing.',
      },
    ],
    canMislead: [
      'By the proxy it measures how people name things: a hotfix without the word is not seen.',
      'A repair that waits for the next planned deployment lowers it, and users wait longer.',
      'One mistake that needed three hotfixes counts three times.',
    ],
  },
  pipeline_failure_share: {
    answers: 'How many runs of a deployment fail before they reach anybody?',
    formula: `value = failed runs ÷ (failed + successful runs), of deployments to production`,
    timeline: {
      title: 'Runs of deployments in example G3',
      rows: [
        {
          ...deployments,
          brackets: [{ from: 3, to: 97, label: '1 failed of 5 runs = 20 %' }],
        },
      ],
      note: 'Not to scale. Only d3 counts as failed here; d2 ran well and is part of change_fail_rate.',
    },
    edgeCases: [
      'Deployments read from tags or releases show no failed run and stay out; where there are no others, it is unknown.',
      'A run that still goes on is in neither number.',
      'Other environments stay out where one is named after production.',
    ],
    worked: {
      example: 'G3',
      value: 0.2,
      shown: '20 %',
      why: 'elsewhere part of the change failure rate, or of nothing',
    },
    differsFrom: [
      {
        system: 'DevLake',
        why: 'A failed run is no part of its change failure rate, which divides by successes only.',
      },
      {
        system: 'Middleware',
        why: 'The failed run is in the denominator of its change failure rate (2/5 = 40 %), where it makes the rate look better; we keep the two apart.',
      },
      {
        system: 'Four Keys',
        why: 'A failed run is no part of its change failure rate, which divides by successes only.',
      },
    ],
    canMislead: [
      'A run that stopped a bad change in time is a failure here, and a good thing.',
      'Retrying until it works adds failures of one cause.',
    ],
  },
};
