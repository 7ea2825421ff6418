/** What the three examples are that the pages compute with. */
export const examples = [
  {
    id: 'G1',
    title: 'G1: lead time of three pull requests',
    text: `All three were deployed on 10 September at 12:00.

- **P1**: first commit on 8 September 09:00, opened as a draft at 15:00, reviewed by a bot at 15:01, ready on 9 September 09:00, answered by a person at 11:00, merged at 17:00.
- **P2**: first commit on 10 September 08:00, opened at 08:30, merged at 08:40 without a review.
- **P3**: opened on 8 September 10:00; its only commit was authored on 9 September 10:00, because it was amended; merged at 12:00.`,
  },
  {
    id: 'G2',
    title: 'G2: deployments of four weeks',
    text: 'From Monday 7 September to Sunday 4 October 2026 there were 5, 2, 0 and 3 deployments a week, on 3, 2, 0 and 2 days.',
  },
  {
    id: 'G3',
    title: 'G3: five deployments and three incidents of one service',
    text: `- **d1** on 7 September 10:00; **d2** on 8 September 10:00; **d3** on 9 September 10:00, whose run failed; **d4** on 9 September 12:00, a hotfix; **d5** on 10 September 10:00.
- **i1** on 8 September 11:00 and **i2** at 15:00, both caused by d2 and resolved on 9 September 12:30; **i3** on 10 September 09:00, marked external.`,
  },
] as const;
