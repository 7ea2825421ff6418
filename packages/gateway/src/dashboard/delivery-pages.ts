import type { PageDefinition } from './define-page.ts';
import { deliveryPage } from './pages/delivery.ts';
import { flowPage } from './pages/flow.ts';
import { metricPage } from './pages/metric.ts';
import { pullRequestsPage } from './pages/pull-requests.ts';
import { qualityPage } from './pages/quality.ts';
import { workPage } from './pages/work.ts';

/** Pages about how work flows, and what a figure was made of. */
export const deliveryPages: readonly PageDefinition[] = [
  deliveryPage,
  flowPage,
  pullRequestsPage,
  qualityPage,
  metricPage,
  workPage,
];
