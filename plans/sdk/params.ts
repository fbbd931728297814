/** A parameter's value after the manifest typed it. */
export type ParamValue = string | number | boolean
/** Parameters of an instance by name; every parameter that the case declares is present. */
export type Params = Readonly<Record<string, ParamValue>>
