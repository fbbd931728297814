import { parseHTML } from 'linkedom'
import type { Drawing, Ground } from './drawing.ts'
import { serialise } from './serialise.ts'

/** A Vega-Lite 5 specification drawn as static SVG, without a browser. Vega is loaded on the first call. */
export async function vegaDrawn(ground: Ground, spec: Readonly<Record<string, unknown>>): Promise<Drawing> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')])
  const view = new vega.View(vega.parse(compile(spec as never).spec), { renderer: 'none' })
  const svg = parseHTML(`<html><body>${await view.toSVG()}</body></html>`).document.querySelector('svg')
  view.finalize()
  if (!svg) throw new Error('Vega drew no SVG')
  const children = [...svg.children].map((child, index) =>
    serialise(child as unknown as Element, `${ground.id}-${index}`),
  )
  return {
    width: Number(svg.getAttribute('width')),
    height: Number(svg.getAttribute('height')),
    body: children.join(''),
  }
}
