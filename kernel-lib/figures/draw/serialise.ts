import { colours, paper } from './colours.ts'
import { escapeText } from './escape.ts'

const geometry = /^(d|transform|points|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|dx|dy)$/
const dropped = /^(aria-|role$|class$|xmlns)/
const paints: ReadonlyMap<string, string> = new Map([
  ...Object.entries(colours).map(([name, hex]) => [hex, name] as const),
  [paper, 'paper'] as const,
])

/** Writes a DOM element as XML: ids under a prefix (Plot counts them up over the whole process), geometry cut to hundredths, palette colours also as classes so that a page can restyle them. */
export function serialise(element: Element, prefix: string): string {
  const ids = new Map<string, string>()
  for (const node of [element, ...element.querySelectorAll('[id]')])
    if (node.id) ids.set(node.id, `${prefix}-${ids.size + 1}`)
  return write(element, ids)
}

function write(node: Node, ids: ReadonlyMap<string, string>): string {
  if (node.nodeType === 3) return escapeText(node.textContent ?? '')
  if (node.nodeType !== 1) return ''
  const element = node as Element
  if (element.localName === 'style') return ''
  const content = [...element.childNodes].map((child) => write(child, ids)).join('')
  if (element.localName === 'g' && content === '') return ''
  const open = `<${element.localName}${attributes(element, ids)}`
  return content === '' ? `${open}/>` : `${open}>${content}</${element.localName}>`
}

function attributes(element: Element, ids: ReadonlyMap<string, string>): string {
  const classes = paintClasses(element)
  const written = [...element.attributes]
    .filter(({ name }) => !dropped.test(name))
    .map(({ name, value }) => [name, attributeValue(name, value, ids)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  if (classes.length > 0) written.unshift(['class', classes.join(' ')])
  return written.map(([name, value]) => ` ${name}="${escapeText(value)}"`).join('')
}

function attributeValue(name: string, value: string, ids: ReadonlyMap<string, string>): string {
  if (name === 'id') return ids.get(value) ?? value
  if (geometry.test(name)) return value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => hundredths(Number(number)))
  const referred = /^(url\(#|#)([^)]+)(\)?)$/.exec(value)
  const id = referred ? ids.get(referred[2] ?? '') : undefined
  return referred && id ? `${referred[1]}${id}${referred[3]}` : value
}

function paintClasses(element: Element): string[] {
  return ['fill', 'stroke'].flatMap((property) => {
    const name = paints.get((element.getAttribute(property) ?? '').toLowerCase())
    return name ? [`hl-${property}-${name}`] : []
  })
}

/** A number cut to hundredths, never `-0`. */
export function hundredths(value: number): string {
  return String(Math.round(value * 100) / 100 + 0)
}

/** A paint attribute for SVG written by hand, with the class by which a page restyles a palette colour. */
export function painted(property: 'fill' | 'stroke', colour: string): string {
  const name = paints.get(colour)
  return name ? `class="hl-${property}-${name}" ${property}="${colour}"` : `${property}="${escapeText(colour)}"`
}
