import type { PageDefinition } from './define-page.ts';
import { todayPage } from './pages/today.ts';

/** The pages of the dashboard, in the order of the navigation. */
export const allPages: readonly PageDefinition[] = [todayPage];
