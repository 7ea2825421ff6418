import type { PageDefinition } from './define-page.ts';
import { deliveryPages } from './delivery-pages.ts';
import { peoplePages } from './people-pages.ts';

/** The pages of the dashboard. The navigation has an order of its own. */
export const allPages: readonly PageDefinition[] = [...peoplePages, ...deliveryPages];
