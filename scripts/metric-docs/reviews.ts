import type { MetricDocs } from './metric-doc.ts';

/** Pages of how pull requests are reviewed. */
export const reviewDocs: MetricDocs = {
  pull_request_size: {
    answers: 'How large are the pull requests?',
    formula: `size = lines added + lines removed, as the forge counts them
value = p50 of size, over the pull requests merged in the window`,
    timeline: {
      title: 'What counts for the size of a pull request',
      rows: [
        {
          instants: [
            { at: 0, label: 'opened: 80 lines' },
            { at: 45, label: 'more commits: 140 lines' },
            { at: 75, label: 'merged: 120 added, 30 removed' },
          ],
          spans: [
            { from: 0, to: 75, label: 'what changed meanwhile is not added up', stage: 'work' },
          ],
          brackets: [{ from: 0, to: 75, label: 'size 150: the whole difference when last read' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'The size is that of the whole difference, not of its commits: a line written and removed again is in neither number.',
      'Additions or deletions are not shown, as in a clone: unknown, not 0.',
      'A pull request that changes no line, as a moved file, has a size of 0.',
    ],
    differsFrom: [],
    canMislead: [
      'Generated files, lock files and moved code count like any other lines.',
      'Ten lines of a lock are harder to review than a thousand of a fixture.',
      'The bands are ours: a share in one of them is no grade.',
    ],
  },
  review_rounds: {
    answers: 'How often does review send work back?',
    formula: `round = a call for changes, or several, that new work followed before the merge
value = p50 of rounds, over the reviewed pull requests merged in the window`,
    timeline: {
      title: 'Calls for changes and the work that follows them',
      rows: [
        {
          instants: [
            { at: 0, label: 'opened' },
            { at: 16, label: 'changes asked' },
            { at: 28, label: 'changes asked' },
            { at: 44, label: 'new commit' },
            { at: 58, label: 'changes asked' },
            { at: 72, label: 'force-push' },
            { at: 84, label: 'approved' },
            { at: 100, label: 'merged' },
          ],
          spans: [
            { from: 16, to: 44, label: 'round 1', stage: 'review' },
            { from: 58, to: 72, label: 'round 2', stage: 'review' },
          ],
          brackets: [{ from: 16, to: 72, label: '2 rounds' }],
        },
      ],
      note: 'Not to scale. Two calls before the same new work are one round.',
    },
    edgeCases: [
      'A call that nothing followed is no round.',
      'An approval that is taken back is a call.',
      'Changes asked for in a comment alone are no call.',
      'Pull requests without a review are left out and told apart; in a clone all are.',
    ],
    differsFrom: [
      {
        system: 'Middleware',
        why: 'It counts cycles of rework too.',
      },
      {
        system: 'Four Keys',
        number: 'no such figure',
        why: 'It has none on pull requests.',
      },
    ],
    canMislead: [
      'A force-push onto a newer base looks like new work.',
      'Teams that ask for changes in comments show none.',
      'Few rounds may mean good work, or reviews that wave it through.',
    ],
  },
  review_depth: {
    answers: 'How much is said about a pull request?',
    formula: `depth = reviews + comments by people other than the author, from opening to merge
value = p50 of depth, over the pull requests merged in the window`,
    timeline: {
      title: 'What counts as a review or comment',
      rows: [
        {
          instants: [
            { at: 0, label: 'opened' },
            { at: 14, label: 'bot comments', ignored: true },
            { at: 30, label: 'comment' },
            { at: 44, label: 'author replies', ignored: true },
            { at: 60, label: 'review, ten remarks' },
            { at: 76, label: 'merged' },
            { at: 94, label: 'comment after', ignored: true },
          ],
          spans: [{ from: 0, to: 76, label: 'what is said here counts', stage: 'review' }],
          brackets: [{ from: 0, to: 76, label: '1 review + 1 comment = 2' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'A review with ten remarks in the code is one review.',
      'Bots, unknown accounts and the author are not counted; neither is what is said after the merge.',
      'Nothing was said: 0 where the source shows reviews, unknown where none does.',
    ],
    differsFrom: [],
    canMislead: [
      'Much talk is no sign of care, nor little of haste: read it beside the size.',
      'Review in a pair, or in a call, leaves no trace.',
      'Ten remarks sent one by one weigh ten times as much as in one review.',
    ],
  },
  reviewers_per_pull_request: {
    answers: 'How many people review a pull request?',
    formula: `reviewers = accounts of people other than the author that reviewed before the merge
value = p50 of reviewers, over the pull requests merged in the window`,
    timeline: {
      title: 'Who counts as a reviewer',
      rows: [
        {
          instants: [
            { at: 0, label: 'opened' },
            { at: 16, label: 'first person reviews' },
            { at: 36, label: 'bot reviews', ignored: true },
            { at: 52, label: 'same person again', ignored: true },
            { at: 68, label: 'second person' },
            { at: 80, label: 'merged' },
            { at: 96, label: 'third, too late', ignored: true },
          ],
          spans: [{ from: 0, to: 80, label: 'who reviews here counts', stage: 'review' }],
          brackets: [{ from: 0, to: 80, label: '2 reviewers' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Each account counts once, however often it reviewed.',
      'Who only commented outside a review is not counted.',
      'Nobody reviewed: 0 where the source shows reviews, unknown where none does.',
    ],
    differsFrom: [],
    canMislead: [
      'It does not say how reviews are spread: one person may do them all.',
      'Rules that demand two approvals make it 2, whatever the second one read.',
      'It names nobody, on purpose; it cannot be used to compare people.',
    ],
  },
  review_load: {
    answers: 'How much reviewing falls on each reviewer?',
    formula: `reviewed = pairs of a pull request and an account of somebody other than its author, at the first review
value = reviewed ÷ reviewers ÷ weeks, over the periods of four weeks that lie whole in the window`,
    timeline: {
      title: 'What counts as one review',
      rows: [
        {
          instants: [
            { at: 4, label: 'opened' },
            { at: 20, label: 'first person reviews' },
            { at: 36, label: 'same person again', ignored: true },
            { at: 52, label: 'second person' },
            { at: 68, label: 'merged' },
            { at: 84, label: 'third person, after the merge' },
          ],
          spans: [{ from: 4, to: 84, label: 'who reviews anywhere here counts', stage: 'review' }],
          brackets: [{ from: 20, to: 84, label: '3 reviews by 3 people' }],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'Told of the whole workspace only, in whole periods of four weeks that have ended; a window without one is answered with the reason.',
      'A period with one to four reviewers: nothing is told of any window that holds it.',
      'A pull request counts once for each account that reviewed it, in the period of the first of its reviews.',
      'People who were merged into one are one reviewer.',
      'Bots and comments outside a review do not count, nor does an author on the own pull request, nor an account of which nobody knows whose it is.',
      'It has no weeks, parts, percentiles or rows to open: each would be a figure of single people.',
    ],
    differsFrom: [],
    canMislead: [
      'It is a mean: half the reviewers may do nearly all of it, and it will not say so.',
      'Who reviewed nothing is not among the reviewers, so fewer of them make it higher.',
      'A review of one line and one of a thousand are one review each.',
    ],
  },
  merged_without_review: {
    answers: 'How many pull requests are merged without a human review?',
    formula: `value = merged without a review by a person other than the author ÷ merged of which that is known`,
    timeline: {
      title: 'Reviewed, unreviewed and unknown pull requests',
      rows: [
        {
          label: 'P1',
          instants: [
            { at: 0, label: 'opened' },
            { at: 45, label: 'a person reviews' },
            { at: 80, label: 'merged: reviewed' },
          ],
          spans: [{ from: 0, to: 80, label: 'open', stage: 'work' }],
        },
        {
          label: 'P2',
          instants: [
            { at: 0, label: 'opened' },
            { at: 30, label: 'bot reviews', ignored: true },
            { at: 80, label: 'merged: without' },
            { at: 98, label: 'reviewed too late', ignored: true },
          ],
          spans: [{ from: 0, to: 80, label: 'open', stage: 'work' }],
          brackets: [{ from: 0, to: 80, label: 'counts: 1 of the 2 known = 50 %' }],
        },
        {
          label: 'P3',
          instants: [
            { at: 80, label: 'merged, from a clone: unknown, in neither number', ignored: true },
          ],
        },
      ],
      note: 'Not to scale.',
    },
    edgeCases: [
      'A review counts whatever it said, also one that was dismissed later; a comment outside a review is none.',
      'Reviews by bots, by the author or after the merge are none; one dated before the opening was given all the same, by a clock that was wrong.',
      'Where no source shows reviews, or nobody knows who reviewed, the pull request is in neither number.',
      'The parts tell pull requests of people from those of bots, which are often merged by rule.',
    ],
    differsFrom: [],
    canMislead: [
      'Work that was reviewed in a pair, or in a larger pull request, looks unreviewed.',
      'An approval without reading counts as a review.',
      'Updates by bots can make most of it: look at the parts.',
    ],
  },
  revert_share: {
    answers: 'How many merged pull requests take something back?',
    formula: `value = merged pull requests that say they revert something ÷ merged pull requests`,
    timeline: {
      title: 'A change, its revert and the revert of the revert',
      rows: [
        {
          instants: [
            { at: 6, label: 'change merged' },
            { at: 48, label: 'revert merged: counts' },
            { at: 92, label: 'change brought back: no revert', ignored: true },
          ],
          spans: [
            { from: 6, to: 48, label: 'users have the change', stage: 'failed' },
            { from: 48, to: 92, label: 'taken back', stage: 'outside' },
          ],
          brackets: [{ from: 6, to: 92, label: '1 of 3 merged = 33 %' }],
        },
      ],
      note: 'Not to scale. A revert belongs to the week of its own merge.',
    },
    edgeCases: [
      'A revert is known by a link to what it takes back, by title, branch or label.',
      'Bringing a reverted change back is no revert.',
      'Nothing merged in a week: that week is unknown, not 0.',
    ],
    differsFrom: [
      {
        system: 'Middleware',
        why: 'It takes pull requests of branches named `revert-<n>-…` for incidents of its change failure rate. We keep them a figure of their own, called a proxy.',
      },
    ],
    canMislead: [
      'It misses what was repaired forward, which is most repairs in some teams.',
      'A revert may have other reasons than a failure.',
      'It is not the change fail rate, and neither is above the other by rule.',
    ],
  },
};
