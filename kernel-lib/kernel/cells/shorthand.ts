/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly parent?: Node
  readonly name?: Node
  readonly objectAssignmentInitializer?: Node
}

interface Checker {
  getSymbolAtLocation(node: Node): unknown
  getShorthandAssignmentValueSymbol(node: Node): unknown
}

/** Makes a program, as tslab hands it to the compiler. */
export type CreateProgram = (...given: unknown[]) => { getProgram(): { getTypeChecker(): Checker } }
type Visit = (node: Node) => Node

/** The parts of the compiler by which a name is followed to the cell that declared it. */
export interface NameCompiler {
  readonly factory: {
    createPropertyAssignment(name: Node, value: Node): Node
    createAssignment(left: Node, right: Node): Node
  }
  isShorthandPropertyAssignment(node: Node): boolean
  visitEachChild(node: Node, visit: Visit, context: unknown): Node
}

/**
 * tslab writes a name of an earlier cell as a property of that cell's exports, and misses it in `{ seed }`: there the
 * compiler tells of the property that is made, not of the value that is meant. Written out as `{ seed: seed }` it is found.
 */
export function shorthandRepair(compiler: NameCompiler) {
  const isShorthandName = (node: Node): boolean =>
    node.parent !== undefined && compiler.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
  const repaired = new WeakSet<Checker>()

  function followValues(checker: Checker): Checker {
    if (repaired.has(checker)) return checker
    repaired.add(checker)
    const { getSymbolAtLocation } = checker
    checker.getSymbolAtLocation = (node) =>
      isShorthandName(node) ? checker.getShorthandAssignmentValueSymbol(node.parent as Node) : getSymbolAtLocation(node)
    return checker
  }

  return {
    createProgram:
      (create: CreateProgram): CreateProgram =>
      (...given) => {
        const builder = create(...given)
        const program = builder.getProgram()
        const { getTypeChecker } = program
        program.getTypeChecker = () => followValues(getTypeChecker())
        return builder
      },
    visitEachChild(node: Node, visit: Visit, context: unknown): Node {
      const name = node.name
      if (name === undefined || !compiler.isShorthandPropertyAssignment(node))
        return compiler.visitEachChild(node, visit, context)
      const value = visit(name)
      if (value === name) return compiler.visitEachChild(node, visit, context)
      const preset = node.objectAssignmentInitializer
      return compiler.factory.createPropertyAssignment(
        name,
        preset === undefined ? value : compiler.factory.createAssignment(value, visit(preset)),
      )
    },
  }
}
