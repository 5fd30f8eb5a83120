// What the libraries of bpmn.io that come without types offer us.

declare module "*.css";

declare module "bpmn-js-create-append-anything" {
  import type { ModuleDeclaration } from "didi";
  export const CreateAppendAnythingModule: ModuleDeclaration;
}

declare module "diagram-js-minimap" {
  import type { ModuleDeclaration } from "didi";

  const minimap: ModuleDeclaration;
  export default minimap;
}

declare module "bpmn-js-token-simulation/lib/modeler" {
  import type { ModuleDeclaration } from "didi";

  const simulation: ModuleDeclaration;
  export default simulation;
}

declare module "dmn-js/lib/Modeler" {
  export default class DmnModeler {
    constructor(options: { container: HTMLElement; common?: object });
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    on(name: string, listener: () => void): void;
    getActiveViewer(): DmnViewer | undefined;
    getViews(): readonly DmnView[];
    getActiveView(): DmnView | undefined;
    open(view: DmnView): Promise<unknown>;
  }
  export interface DmnView {
    readonly type: string;
    readonly element: unknown;
    readonly name?: string;
  }
  export interface DmnViewer {
    get(name: string): unknown;
    on(name: string, listener: () => void): void;
  }
}

declare module "@bpmn-io/properties-panel" {
  import type { ComponentChild } from "@bpmn-io/properties-panel/preact";
  export interface PanelGroup {
    readonly id: string;
    readonly label: string;
    readonly component: (props: never) => ComponentChild;
  }
  export function PropertiesPanel(props: {
    element: unknown;
    groups: readonly PanelGroup[];
    headerProvider?: object;
    layoutConfig?: object;
    eventBus?: unknown;
  }): ComponentChild;
  export function useLayoutState<T>(
    path: readonly string[],
    start: T,
  ): readonly [T, (value: T) => void];
}
