import { z } from 'zod';
import {
  countField,
  hoursField,
  instantField,
  sourceFields,
  subjectFields,
} from './subject-fields.ts';

/** An open pull request, or one that was merged in the last fourteen days. */
export const pullRequestSubjectSchema = z.object({
  ...subjectFields,
  ...sourceFields,
  number: countField.describe('Its number in the repository'),
  state: z.enum(['open', 'merged']).describe('open or merged'),
  isDraft: z.boolean().describe('Whether its author says that it is not ready'),
  authorPersonId: z.string().nullable().describe('Whoever opened it, where that person is known'),
  isByBot: z.boolean().describe('Whether a program opened it'),
  isDependencyUpdate: z.boolean().describe('Whether a program opened it to renew a dependency'),
  isOnHold: z
    .boolean()
    .describe('Whether its title or a label, as they are now, says that it is to wait'),
  isBranchSync: z
    .boolean()
    .describe('Whether it brings one lasting branch into another: a release, a merge back'),
  isOnDefaultBranch: z.boolean().nullable().describe('Whether it goes to the default branch'),
  labels: z.array(z.string()).describe('Its labels: text from outside'),
  openedAt: instantField.describe('When it was opened'),
  readyAt: instantField.describe('When it was ready for review, or opened'),
  mergedAt: instantField.describe('When it was merged'),
  mergedHours: hoursField.describe('Hours since it was merged'),
  ageHours: hoursField.describe('Hours since it was ready for review, or opened'),
  lastActivityAt: instantField.describe('When a person last did something with it'),
  idleHours: hoursField.describe('Hours since a person last did something with it'),
  waitingFor: z
    .enum(['review', 'author', 'merge', 'nobody'])
    .describe('Whose turn it is: review, author, merge; nobody of a draft or what is merged'),
  waitingSince: instantField.describe('Since when it is their turn'),
  waitingWeekdayHours: hoursField.describe('Hours of that, Saturdays and Sundays left out'),
  sizeLines: countField.describe('Lines added and removed, as they are now'),
  changedFiles: countField.describe('How many files it changes'),
  reviewCount: countField.describe('Reviews by people other than its author'),
  approvalCount: countField.describe('People whose last verdict on it is an approval'),
  changesRequestedCount: countField.describe('People whose last verdict on it asks for changes'),
  requestedReviewerCount: countField.describe('People and groups that are asked to review it'),
  mergedWithoutReview: z
    .boolean()
    .nullable()
    .describe('Whether it was merged though nobody else had reviewed it'),
  hasOtherPeople: z
    .boolean()
    .nullable()
    .describe(
      'Whether anybody but its author opened or reviewed pull requests of the repository in the ninety days before; unknown where it was not asked, of what was reviewed or is open',
    ),
  isRevert: z.boolean().describe('Whether it takes something back'),
  workItemKeys: z.array(z.string()).describe('Keys of the work items that it is linked with'),
  sensitiveKinds: z
    .array(z.string())
    .describe('What the title holds that should not stand there: a secret, personal data'),
});
export type PullRequestSubject = z.infer<typeof pullRequestSubjectSchema>;
