import { aiMarksGrowth } from './ai-marks-growth.ts';
import type { BoundFindingRule } from './finding-rule.ts';
import { longestStage } from './longest-stage.ts';
import { openWorkStale } from './open-work-stale.ts';
import { releaseWaiting } from './release-waiting.ts';
import { repositoryQuiet } from './repository-quiet.ts';
import { revertShareRise } from './revert-share-rise.ts';
import { singleContributor } from './single-contributor.ts';
import { slowTail } from './slow-tail.ts';
import { slowerToMerge } from './slower-to-merge.ts';
import { throughputChange } from './throughput-change.ts';

/** Every rule that a report is read with. */
export const findingRules: readonly BoundFindingRule[] = [
  aiMarksGrowth,
  longestStage,
  openWorkStale,
  releaseWaiting,
  repositoryQuiet,
  revertShareRise,
  singleContributor,
  slowTail,
  slowerToMerge,
  throughputChange,
];
