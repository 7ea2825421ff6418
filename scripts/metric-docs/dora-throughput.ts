import type { MetricDocs } from './metric-doc.ts';
import { draft, draftRow } from './pull-request-rows.ts';

/** Pages of how fast and how often changes reach users. */
export const doraThroughputDocs: MetricDocs = {
  lead_time_for_changes: {
    answers: 'How long does a change take from its first commit to production?',
    formula: `total(pull request) = deployed at − min(first authored commit, opened at)
value = p50 of total, over the pull requests whose deployment ended in the window
coding + pickup + review + deploy + unattributed = total, for each pull request`,
    timeline: {
      title: 'Lead time of the three pull requests of example G1',
      rows: [
        draftRow([{ from: draft.firstCommit, to: draft.deployed, label: 'lead time 51 h' }], {
          label: 'P1',
        }),
        {
          label: 'P2',
          instants: [
            { at: 40, label: 'first commit' },
            { at: 58, label: 'opened' },
            { at: 76, label: 'merged without review' },
            { at: 100, label: 'deployed' },
          ],
          spans: [
            { from: 40, to: 58, label: 'coding', stage: 'coding' },
            { from: 58, to: 76, label: 'unattributed', stage: 'outside' },
            { from: 76, to: 100, label: 'deploy', stage: 'deploy' },
          ],
          brackets: [{ from: 40, to: 100, label: 'lead time 4 h' }],
        },
        {
          label: 'P3',
          instants: [
            { at: 10, label: 'opened' },
            { at: 45, label: 'only commit, amended: not the first', ignored: true },
            { at: 70, label: 'merged' },
            { at: 100, label: 'deployed' },
          ],
          spans: [
            { from: 10, to: 70, label: 'unattributed', stage: 'outside' },
            { from: 70, to: 100, label: 'deploy', stage: 'deploy' },
          ],
          brackets: [{ from: 10, to: 100, label: 'lead time 50 h' }],
        },
      ],
      note: 'Not to scale. The figure is the median of 51, 4 and 50 hours: 50 hours.',
    },
    edgeCases: [
      'A commit authored after the opening was amended or rebased: it is not the first one, coding is unknown, and the time counts from the opening.',
      'Merged without a human answer: pickup and review are unknown, and the time from the opening to the merge is unattributed, never 0.',
      'A deployment that ended before the merge cannot have brought the merged change: there is no total, and a caveat counts such pull requests.',
      'A squash merge in a bare clone hides its commits; a source that shows them restores the first one.',
      'A pull request is matched to its deployment by the exact commit, else by the difference of two deployments, else by time; what rests on time alone is told in a caveat.',
      'What was merged and not deployed yet has no value, so the newest weeks hold only what was fast enough to be there.',
    ],
    worked: {
      example: 'G1',
      value: 50,
      shown: '50 h',
      why: 'others take the mean, or count a bot and a draft otherwise; Four Keys counts per commit',
    },
    differsFrom: [
      {
        system: 'DevLake',
        number: 'P1: 3,060 min',
        why: 'On P1 its total is the same 51 hours, its stages are not: 360 + 1 + 1,559 + 1,140 minutes, where ours are 24 + 2 + 6 + 19 hours. It takes the review of the bot for the first answer and does not see that the pull request was a draft. Its median is the lower one of an even number, and minutes are rounded up: of 10, 20, 30 and 100 it says 20, we say 25.',
      },
      {
        system: 'Middleware',
        why: 'It takes the mean, counts a missing stage as 0, dates the first commit by its committer, which a rebase moves, and puts a pull request into the window of its merge. The mean of the three totals above is 35 hours, that of 10, 20, 30 and 100 is 40.',
      },
      {
        system: 'Four Keys',
        why: 'It counts per commit, not per pull request: see `lead_time_for_changes_per_commit`.',
      },
    ],
    canMislead: [
      'Smaller pull requests shorten it without anything getting to users sooner.',
      'Medians of the stages do not add up to the median of the whole: they are of different pull requests.',
      'It begins at the first commit: what an idea waited before that is not in it.',
      'Squash and rebase habits move the first commit, so two teams are comparable only where they merge alike.',
    ],
  },
  lead_time_for_changes_per_commit: {
    answers: 'How long does a commit take to production?',
    formula: `lead(commit) = end of the first deployment that contains it − authored at
value = p50 of lead, over the commits whose first deployment ended in the window`,
    timeline: {
      title: 'Lead time of each commit of one deployment',
      rows: [
        {
          label: 'commit 1',
          instants: [
            { at: 0, label: 'authored' },
            { at: 70, label: 'in the first deployment' },
            { at: 100, label: 'in the next one too', ignored: true },
          ],
          spans: [{ from: 0, to: 70, label: 'on the way', stage: 'deploy' }],
          brackets: [{ from: 0, to: 70, label: 'one value' }],
        },
        {
          label: 'commit 2',
          instants: [
            { at: 45, label: 'authored' },
            { at: 70, label: 'in the first deployment' },
          ],
          spans: [{ from: 45, to: 70, label: 'on the way', stage: 'deploy' }],
          brackets: [{ from: 45, to: 70, label: 'one value' }],
        },
      ],
      note: 'Not to scale. The figure is the median of all values.',
    },
    edgeCases: [
      'A commit counts once, with the first deployment that contains it, however many follow.',
      'A commit without an authored time, or authored after its deployment by a clock that was wrong, is left out and counted in a caveat.',
      'A squash merge leaves one commit of many: the figure then begins when the squash was made.',
      'Where no environment is named after production, the first deployment to any of them counts.',
    ],
    differsFrom: [
      {
        system: 'DevLake',
        why: 'It measures per pull request and has no figure per commit. Its median is the lower one of an even number: of 10, 20, 30 and 100 it is 20 where ours is 25.',
      },
      {
        system: 'Middleware',
        why: 'It measures per pull request and has no figure per commit. Its averages are means: 40 for 10, 20, 30 and 100.',
      },
      {
        system: 'Four Keys',
        why: 'The same unit, and a continuous median as ours. It reads the time of the pushed commit and keeps only values over 0, and it takes the commits that a deployment lists.',
      },
    ],
    canMislead: [
      'A pull request of forty commits weighs forty times as much as one of a single commit.',
      'Committing less often, or squashing, shortens it without a change reaching users sooner.',
      'A long-lived branch brings many old commits on one day and lifts a single week.',
    ],
  },
  deployment_frequency: {
    answers: 'How often do changes reach production?',
    formula: `value = successful deployments to production ÷ full days of the window
per_week = those in full weeks ÷ full weeks
deploy_days = median, over the full weeks, of the days with a deployment`,
    timeline: {
      title: 'Deployments by week, as in example G2',
      rows: [
        {
          label: 'deployed',
          instants: [...[3, 7, 9, 12, 20, 28, 43, 78, 81, 98].map((at) => ({ at, label: '' }))],
          spans: [
            { from: 0, to: 25, label: '5 on 3 days', stage: 'deploy' },
            { from: 25, to: 50, label: '2 on 2 days', stage: 'deploy' },
            { from: 50, to: 75, label: '0, which counts', stage: 'outside' },
            { from: 75, to: 100, label: '3 on 2 days', stage: 'deploy' },
          ],
          brackets: [{ from: 0, to: 100, label: '10 ÷ 28 full days = 0.357 a day, 2.5 a week' }],
        },
      ],
      lines: [
        { at: 0, label: 'Monday' },
        { at: 25, label: 'second Monday' },
        { at: 50, label: 'third Monday' },
        { at: 75, label: 'fourth Monday' },
        { at: 100, label: 'fifth Monday' },
      ],
    },
    edgeCases: [
      'A run that failed is none; a deployment of several commits is one, at its end.',
      'A merge is not a deployment, and a tag is one only where the configuration says so.',
      'Weeks without a deployment count as 0; days and weeks that the window or the present cuts are dropped.',
      'A window without any is 0 only where deployments from before it are known and everything was read since. Otherwise it is unknown.',
      'Staging and preview stay out where an environment is named after production; where none is, all count and a caveat names them.',
    ],
    worked: {
      example: 'G2',
      value: 10 / 28,
      shown: '0.357 a day',
      why: 'whole numbers only, or days with a deployment instead of deployments',
    },
    differsFrom: [
      {
        system: 'DevLake',
        why: 'It says the median number of days with a deployment per week, empty weeks as 0, and calls 5 or more elite. Ours shows that as the part `deploy_days`, 2 in this example, beside how many there were.',
      },
      {
        system: 'Middleware',
        number: '0 a day',
        why: 'Its average is rounded down to a whole number, so ten deployments in 28 days are none a day. By its default a merged pull request is a deployment.',
      },
      {
        system: 'Four Keys',
        why: 'It says the median number of days with a deployment per week, as a band: daily from 3 days on. Several on one day are one.',
      },
    ],
    canMislead: [
      'Several services count together unless one is asked for: each alone deploys less often.',
      'Deploying the same change twice, or a change of configuration, counts like any other.',
      'A mean hides rhythm: one deployment a day and seven on Fridays are both one a day. Read the days beside it.',
    ],
  },
};
