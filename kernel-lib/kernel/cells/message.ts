import type { MimeBundle } from '../document/notebook.ts'

/** What a cell tells while it runs, shaped as Jupyter's messages of the same names. */
export type CellMessage =
  | { readonly type: 'stream'; readonly content: { readonly name: 'stdout' | 'stderr'; readonly text: string } }
  | { readonly type: 'display_data' | 'update_display_data'; readonly content: DisplayContent }
  | {
      readonly type: 'execute_result'
      readonly content: { readonly data: MimeBundle; readonly metadata: MimeBundle; readonly execution_count: number }
    }
  | { readonly type: 'error'; readonly content: CellError }

/** Something shown; an update replaces whatever was shown under its `display_id`. */
export interface DisplayContent {
  readonly data: MimeBundle
  readonly metadata: MimeBundle
  readonly transient: { readonly display_id?: string }
}

/** Why a cell failed. */
export interface CellError {
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

/** How a cell ended. */
export interface CellReply {
  readonly status: 'ok' | 'error'
  readonly executionCount: number
}

/** From the launcher to the process that runs cells. */
export type ToKernel =
  | { readonly type: 'execute'; readonly cell: number; readonly code: string }
  | { readonly type: 'end' }

/** From the process that runs cells to its launcher; `cell` is the one that was running, 0 before the first. */
export type FromKernel =
  | { readonly type: 'ready'; readonly versions: Readonly<Record<string, string>> }
  | { readonly type: 'output'; readonly cell: number; readonly message: CellMessage }
  | { readonly type: 'reply'; readonly cell: number; readonly reply: CellReply }
