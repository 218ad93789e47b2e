//! What sources bring to the catalog of the bundle, beside their pages.

use std::io::Write;

use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::PdfError;
use super::destinations::NamedDestinations;
use super::file::FileWriter;
use super::forms::Forms;
use super::import::Import;
use super::layers::Layers;
use super::output_intents::OutputIntents;
use super::structure::Structure;

/// What all sources so far bring.
#[derive(Default)]
pub(super) struct Carried {
    pub(super) forms: Forms,
    pub(super) layers: Layers,
    pub(super) named: NamedDestinations,
    pub(super) output_intents: OutputIntents,
    pub(super) structure: Structure,
}

impl Carried {
    /// Adds the layers of a source under its title, how its colours are meant, and its named destinations.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        title: &str,
        named: Vec<(Vec<u8>, Object)>,
    ) -> Result<(), PdfError> {
        self.layers.add(import, title)?;
        self.output_intents.add(import)?;
        for (name, mut destination) in named {
            import.rewrite(&mut destination)?;
            self.named.add(&name, destination);
        }
        Ok(())
    }

    /// Puts all of it into the catalog.
    pub(super) fn finish<W: Write>(
        self,
        file: &mut FileWriter<W>,
        catalog: &mut Dictionary,
    ) -> Result<(), PdfError> {
        if !self.named.is_empty() {
            let names: Vec<Object> = self
                .named
                .into_entries()
                .flat_map(|(name, destination)| {
                    [Object::String(name, StringFormat::Literal), destination]
                })
                .collect();
            let tree = file.add(dictionary! { "Names" => names }.into())?;
            catalog.set("Names", dictionary! { "Dests" => tree.reference() });
        }
        if let Some(form) = self.forms.into_form() {
            catalog.set("AcroForm", form);
        }
        if let Some(layers) = self.layers.into_properties() {
            catalog.set("OCProperties", layers);
        }
        if let Some(intents) = self.output_intents.into_list() {
            catalog.set("OutputIntents", intents);
        }
        if let Some(structure) = self.structure.finish(file)? {
            catalog.set("StructTreeRoot", structure.reference());
            catalog.set("MarkInfo", dictionary! { "Marked" => true });
        }
        Ok(())
    }
}
