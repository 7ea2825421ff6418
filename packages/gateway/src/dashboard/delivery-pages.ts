import type { PageDefinition } from './define-page.ts';

/** Pages about how work flows, and what a figure was made of. */
export const deliveryPages: readonly PageDefinition[] = [];
