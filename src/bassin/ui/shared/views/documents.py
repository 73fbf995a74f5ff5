"""Documents: the list one may see, one file sent with care, and adding one."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bassin.commons import actions, files, permissions
from bassin.commons.models import Document, Visibility
from bassin.errors import Refused
from bassin.ui.shared.forms import DocumentForm
from bassin.ui.shared.views.common import crumbs, person

BY_PAGE = 50
UNTRUSTED = "default-src 'none'; sandbox"
"""A file that people sent may do nothing in the browser that opens it."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The documents this person may see, the last added first."""
    found = permissions.visible(request.user, Document.objects.all())
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs((_("Documents"), "")),
        "page": page,
        "may_add": permissions.can_add_document(request.user),
    }
    return render(request, "commons/documents.html", context)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, to those who may see it; for anyone else there is none."""
    document = get_object_or_404(Document, pk=pk)
    if not permissions.can_see(request.user, document):
        raise Http404
    return sent(document)


def sent(document: Document) -> HttpResponseBase:
    """The file itself, or the address of it, to someone who may see it."""
    if not document.file:
        return redirect(document.url)
    extension = str(document.file.name).rpartition(".")[2]
    try:
        opened = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("This file is no longer on the disk of the service.")) from error
    name = f"{slugify(document.title)[:80] or 'document'}.{extension}"
    media = files.MEDIA.get(extension, "application/octet-stream")
    response = FileResponse(opened, as_attachment=True, filename=name, content_type=media)
    response.headers["Content-Security-Policy"] = UNTRUSTED
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    public = document.visibility == Visibility.PUBLIC
    response.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a file, or the address of one."""
    me = person(request)
    if not permissions.can_add_document(me):
        raise PermissionDenied
    asked = {"reference": request.GET.get("reference", "")}
    form = DocumentForm(request.POST or None, request.FILES or None, initial=asked)
    if form.is_valid():
        try:
            actions.add_document(by=me, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shared:documents")
    title = _("Add a document")
    context = {
        "crumbs": crumbs((_("Documents"), reverse("shared:documents")), (title, "")),
        "form": form,
        "title": title,
    }
    return render(request, "commons/form.html", context, status=400 if form.errors else 200)
