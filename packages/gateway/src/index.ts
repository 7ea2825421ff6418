export { createApprovalsPage } from './approvals-page.ts';
export type {
  ApprovalsPage,
  ApprovalsPageOptions,
  PageActions,
  PageViewer,
} from './page-options.ts';
export {
  defaultPagePort,
  type LocalPage,
  serveLocal,
  type ServeLocalOptions,
} from './serve-local.ts';
