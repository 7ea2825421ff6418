import type { AnySignalRule } from '@adjutant/core/domain';
import { stalePullRequest } from './rules/stale-pull-request.ts';

/** The rules that come with the product. */
export const shippedRules: readonly AnySignalRule[] = [stalePullRequest];
