// Turns a long list of choices, <select data-autocomplete>, into a box to type in.
// Without JavaScript the plain list stays and does the same.
import accessibleAutocomplete from "accessible-autocomplete";

export function enhanceSelects(root) {
  for (const select of root.querySelectorAll("select[data-autocomplete]")) {
    accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.selectedOptions[0]?.value ? undefined : "",
      showAllValues: true,
      minLength: 0,
    });
  }
}
