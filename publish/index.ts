export { unfit } from './gate.ts'
export { type Page, pageOf } from './page.ts'
export { publish } from './publish.ts'
export { renderPage } from './render/page.ts'
