import type { SignalSubjectKind, SignalSubjects } from '../domain/signal-subjects/index.ts';

/** Returns whether a share of one person in something is not told, because too few people stand behind it. */
export function hasUntoldShare(subject: SignalSubjects[SignalSubjectKind]): boolean {
  if ('largestAuthorShare' in subject) {
    return (subject.commitCount ?? 0) > 0 && subject.largestAuthorShare === null;
  }
  if (!('largestReviewShare' in subject)) return false;
  const { openReviewRequests, largestReviewShare, reviewsGiven, largestGivenShare } = subject;
  return (
    ((openReviewRequests ?? 0) > 0 && largestReviewShare === null) ||
    ((reviewsGiven ?? 0) > 0 && largestGivenShare === null)
  );
}
