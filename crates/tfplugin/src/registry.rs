//! The objects that a provider offers, by name.

use std::{collections::BTreeMap, fmt};

use crate::{
    action::Action,
    data_source::DataSource,
    diagnostics::Diagnostic,
    erased::{
        AnyAction, AnyDataSource, AnyFunction, AnyListResource, AnyResource, ErasedAction,
        ErasedDataSource, ErasedFunction, ErasedListResource, ErasedResource,
    },
    function::Function,
    list_resource::ListResource,
    resource::{
        PrivateState, Resource, ResourceWithIdentity, ResourceWithImport, ResourceWithMove,
        ResourceWithUpgrade,
    },
};

/// A managed resource in the list of a provider.
pub struct ResourceHandle<D>(Box<dyn AnyResource<D>>);

/// Adds capabilities to a managed resource.
#[derive(Debug)]
pub struct ResourceBuilder<R: Resource<P>, P: PrivateState>(ErasedResource<R, P>);

/// A data source in the list of a provider.
pub struct DataSourceHandle<D>(Box<dyn AnyDataSource<D>>);

/// A list resource in the list of a provider.
pub struct ListResourceHandle<D>(Box<dyn AnyListResource<D>>);

/// An action in the list of a provider.
pub struct ActionHandle<D>(Box<dyn AnyAction<D>>);

/// A function in the list of a provider.
pub struct FunctionHandle(Box<dyn AnyFunction>);

/// Everything that a provider offers. Of two objects of one kind and name, the last counts.
pub(crate) struct Registry<D> {
    pub(crate) resources: BTreeMap<&'static str, ResourceHandle<D>>,
    pub(crate) data_sources: BTreeMap<&'static str, DataSourceHandle<D>>,
    pub(crate) list_resources: BTreeMap<&'static str, ListResourceHandle<D>>,
    pub(crate) actions: BTreeMap<&'static str, ActionHandle<D>>,
    pub(crate) functions: BTreeMap<&'static str, FunctionHandle>,
}

// === impl ResourceHandle ===

impl<D: Send + Sync + 'static> ResourceHandle<D> {
    /// Lists a resource without capabilities: create, read, update and delete.
    pub fn new<R: Resource<P, Data = D>, P: PrivateState>(resource: R) -> Self {
        Self::builder(resource).build()
    }

    /// Lists a resource with capabilities:
    /// `ResourceHandle::builder(R).with_identity().with_import().build()`.
    pub fn builder<R: Resource<P, Data = D>, P: PrivateState>(
        resource: R,
    ) -> ResourceBuilder<R, P> {
        ResourceBuilder(ErasedResource::new(resource))
    }
}

impl<D> ResourceHandle<D> {
    pub(crate) fn get(&self) -> &dyn AnyResource<D> {
        self.0.as_ref()
    }
}

impl<D> fmt::Debug for ResourceHandle<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("ResourceHandle").field(&name).finish()
    }
}

// === impl ResourceBuilder ===

impl<R: Resource<P>, P: PrivateState> ResourceBuilder<R, P> {
    /// Adds the identity.
    #[must_use]
    pub fn with_identity(mut self) -> Self
    where
        R: ResourceWithIdentity<P>,
    {
        self.0.add_identity();
        self
    }

    /// Adds the import by ID.
    #[must_use]
    pub fn with_import(mut self) -> Self
    where
        R: ResourceWithImport<P>,
    {
        self.0.add_import();
        self
    }

    /// Adds the move from other types.
    #[must_use]
    pub fn with_move(mut self) -> Self
    where
        R: ResourceWithMove<P>,
    {
        self.0.add_move();
        self
    }

    /// Adds the upgrade of older states.
    #[must_use]
    pub fn with_upgrade(mut self) -> Self
    where
        R: ResourceWithUpgrade<P>,
    {
        self.0.add_upgrade();
        self
    }

    /// Finishes the list entry.
    #[must_use]
    pub fn build(self) -> ResourceHandle<R::Data> {
        ResourceHandle(Box::new(self.0))
    }
}

// === impl DataSourceHandle ===

impl<D: Send + Sync + 'static> DataSourceHandle<D> {
    /// Lists a data source.
    pub fn new<S: DataSource<Data = D>>(source: S) -> Self {
        Self(Box::new(ErasedDataSource::new(source)))
    }
}

impl<D> DataSourceHandle<D> {
    pub(crate) fn get(&self) -> &dyn AnyDataSource<D> {
        self.0.as_ref()
    }
}

impl<D> fmt::Debug for DataSourceHandle<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("DataSourceHandle").field(&name).finish()
    }
}

// === impl ListResourceHandle ===

impl<D: Send + Sync + 'static> ListResourceHandle<D> {
    /// Lists a list resource.
    pub fn new<L: ListResource<Data = D>>(list: L) -> Self {
        Self(Box::new(ErasedListResource::new(list)))
    }
}

impl<D> ListResourceHandle<D> {
    pub(crate) fn get(&self) -> &dyn AnyListResource<D> {
        self.0.as_ref()
    }
}

impl<D> fmt::Debug for ListResourceHandle<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("ListResourceHandle").field(&name).finish()
    }
}

// === impl ActionHandle ===

impl<D: Send + Sync + 'static> ActionHandle<D> {
    /// Lists an action.
    pub fn new<A: Action<Data = D>>(action: A) -> Self {
        Self(Box::new(ErasedAction::new(action)))
    }
}

impl<D> ActionHandle<D> {
    pub(crate) fn get(&self) -> &dyn AnyAction<D> {
        self.0.as_ref()
    }
}

impl<D> fmt::Debug for ActionHandle<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.type_name();
        f.debug_tuple("ActionHandle").field(&name).finish()
    }
}

// === impl FunctionHandle ===

impl FunctionHandle {
    /// Lists a function.
    pub fn new<F: Function>(function: F) -> Self {
        Self(Box::new(ErasedFunction::new(function)))
    }

    pub(crate) fn get(&self) -> &dyn AnyFunction {
        self.0.as_ref()
    }
}

impl fmt::Debug for FunctionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.name();
        f.debug_tuple("FunctionHandle").field(&name).finish()
    }
}

// === impl Registry ===

impl<D> Registry<D> {
    pub(crate) fn new(
        resources: Vec<ResourceHandle<D>>,
        data_sources: Vec<DataSourceHandle<D>>,
        list_resources: Vec<ListResourceHandle<D>>,
        actions: Vec<ActionHandle<D>>,
        functions: Vec<FunctionHandle>,
    ) -> Self {
        Self {
            resources: by_name(resources, |handle| handle.0.type_name()),
            data_sources: by_name(data_sources, |handle| handle.0.type_name()),
            list_resources: by_name(list_resources, |handle| handle.0.type_name()),
            actions: by_name(actions, |handle| handle.0.type_name()),
            functions: by_name(functions, |handle| handle.0.name()),
        }
    }

    /// # Errors
    /// There is no managed resource of this type.
    pub(crate) fn resource(&self, type_name: &str) -> Result<&dyn AnyResource<D>, Diagnostic> {
        let found = self.resources.get(type_name);
        found.map(ResourceHandle::get).ok_or_else(|| {
            Diagnostic::error(
                "Unknown Resource Type",
                format!("This provider has no resource {type_name:?}."),
            )
        })
    }

    /// # Errors
    /// There is no data source of this type.
    pub(crate) fn data_source(&self, type_name: &str) -> Result<&dyn AnyDataSource<D>, Diagnostic> {
        let found = self.data_sources.get(type_name);
        found.map(DataSourceHandle::get).ok_or_else(|| {
            Diagnostic::error(
                "Unknown Data Source Type",
                format!("This provider has no data source {type_name:?}."),
            )
        })
    }

    /// # Errors
    /// There is no list resource of this type.
    pub(crate) fn list_resource(
        &self,
        type_name: &str,
    ) -> Result<&dyn AnyListResource<D>, Diagnostic> {
        let found = self.list_resources.get(type_name);
        found.map(ListResourceHandle::get).ok_or_else(|| {
            Diagnostic::error(
                "Unknown List Resource Type",
                format!("This provider has no list resource {type_name:?}."),
            )
        })
    }

    /// # Errors
    /// There is no action of this type.
    pub(crate) fn action(&self, type_name: &str) -> Result<&dyn AnyAction<D>, Diagnostic> {
        let found = self.actions.get(type_name);
        found.map(ActionHandle::get).ok_or_else(|| {
            Diagnostic::error(
                "Unknown Action Type",
                format!("This provider has no action {type_name:?}."),
            )
        })
    }

    /// Returns the function of this name.
    pub(crate) fn function(&self, name: &str) -> Option<&dyn AnyFunction> {
        self.functions.get(name).map(FunctionHandle::get)
    }
}

/// Not by `collect`, which sorts first, by a sorting of its own for each type of handle.
fn by_name<T>(handles: Vec<T>, name: impl Fn(&T) -> &'static str) -> BTreeMap<&'static str, T> {
    let mut by_name = BTreeMap::new();
    by_name.extend(handles.into_iter().map(|one| (name(&one), one)));
    by_name
}
