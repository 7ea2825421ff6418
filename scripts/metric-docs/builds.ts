import type { MetricDocs } from './metric-doc.ts';

const rerun =
  'A source that keeps one run under one id, however often it is started again, shows only its last result.';
const together = 'Runs of several repositories count together, and a caveat says so.';

/** Pages of how pipelines run. */
export const buildDocs: MetricDocs = {
  build_success_rate: {
    answers: 'How often do pipelines end well?',
    formula: `value = successful runs ÷ (successful + failed runs) that ended in the window`,
    timeline: {
      title: 'Runs of a pipeline',
      rows: [
        {
          label: 'runs',
          instants: [
            { at: 6, label: 'success' },
            { at: 26, label: 'failure' },
            { at: 46, label: 'cancelled', ignored: true },
            { at: 62, label: 'success' },
            { at: 78, label: 'success' },
            { at: 96, label: 'still runs', ignored: true },
          ],
          brackets: [{ from: 6, to: 78, label: '3 of 4 = 75 %' }],
        },
      ],
      note: 'Not to scale. A run belongs to the week of its end.',
    },
    edgeCases: [
      'Cancelled, running and skipped runs are neither, and a caveat counts them.',
      rerun,
      'Every pipeline has its own share among the parts; the largest twenty are shown.',
      together,
    ],
    differsFrom: [],
    canMislead: [
      'A failing test that stopped a mistake is a failure here: the pipeline did its work.',
      'Many small pipelines that never fail hide the one that does: look at the parts.',
      'Rerunning until it is green lifts it where every run counts.',
    ],
  },
  build_duration: {
    answers: 'How long do pipelines run?',
    formula: `duration(run) = finished at − started at
value = p50 of duration, over the runs that ended in success or failure in the window`,
    timeline: {
      title: 'From the start of a run to its end',
      rows: [
        {
          instants: [
            { at: 4, label: 'asked for' },
            { at: 32, label: 'started' },
            { at: 96, label: 'finished' },
          ],
          spans: [
            { from: 4, to: 32, label: 'in the queue', stage: 'pickup' },
            { from: 32, to: 96, label: 'runs', stage: 'work' },
          ],
          brackets: [{ from: 32, to: 96, label: 'duration' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Cancelled runs stay out: their end says when somebody lost patience.',
      'No known start, or a start after the end: no duration, and a caveat counts it.',
      'Pipelines of different kinds count together; each has its median among the parts.',
      together,
    ],
    differsFrom: [],
    canMislead: [
      'A run that fails at once is short: more failures make it faster.',
      'It is how long machines ran, not how long people waited.',
      'A new pipeline of seconds lowers the median of all.',
    ],
  },
  build_queue_time: {
    answers: 'How long do pipelines wait for a machine?',
    formula: `wait(run) = started at − asked for at
value = p50 of wait, over the runs that ended in success or failure in the window`,
    timeline: {
      title: 'From the moment a run was asked for to its start',
      rows: [
        {
          instants: [
            { at: 4, label: 'asked for' },
            { at: 44, label: 'started' },
            { at: 96, label: 'finished' },
          ],
          spans: [
            { from: 4, to: 44, label: 'in the queue', stage: 'pickup' },
            { from: 44, to: 96, label: 'runs', stage: 'work' },
          ],
          brackets: [{ from: 4, to: 44, label: 'queue time' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'More than half of the runs carry one instant for both: their source does not tell waiting apart, and the figure is unknown.',
      'Where fewer do, they count as no wait, and a caveat counts them.',
      'Started before it was asked for, by the clocks: left out, and said so.',
      'A run started again under its old id may show its first asking beside its latest start, and seems to have waited for all between.',
    ],
    differsFrom: [],
    canMislead: [
      'It is of whole runs: jobs inside may queue again.',
      'Waiting for an approval looks like waiting for a machine.',
      'Nights are empty and days are not: the median hides the rush hour.',
    ],
  },
  flaky_builds: {
    answers: 'How often does the same code give two results?',
    formula: `flaky(commit, pipeline) = it has both a success and a failure there
value = flaky ÷ all commits of which a pipeline ended in the window`,
    timeline: {
      title: 'Two commits and their runs',
      rows: [
        {
          label: 'commit 1',
          instants: [
            { at: 6, label: 'run fails' },
            { at: 40, label: 'same commit succeeds' },
          ],
          brackets: [{ from: 6, to: 40, label: 'flaky: nothing in the code changed' }],
        },
        {
          label: 'commit 2',
          instants: [
            { at: 60, label: 'run cancelled', ignored: true },
            { at: 92, label: 'run succeeds' },
          ],
          brackets: [{ from: 60, to: 92, label: 'not known to be flaky', beside: true }],
        },
      ],
      note: 'Not to scale. 1 of 2 commits: 50 %.',
    },
    edgeCases: [
      'Only a commit that ran more than once can show it: the share is a lower bound, and unknown where no commit did.',
      'Cancelled runs, and runs that name no commit, stay out.',
      rerun,
      'A commit counts once for each pipeline, in the week of its last run there.',
    ],
    differsFrom: [],
    canMislead: [
      'A service outside that was down makes two results of one commit too.',
      'Who never reruns has none: it measures rerunning as well.',
      'It tells which pipeline, not which test.',
    ],
  },
};
