"""Lead the addresses of an old Joomla portal to new pages: nginx's side of ``make import``."""

from pathlib import Path

#: nginx wants these before any map.
HASH_SIZES = """\
# Chỗ cho bảng địa chỉ cũ (redirects.map, ở dưới); nginx muốn hai dòng này đứng trước mọi map.
map_hash_max_size 131072;
map_hash_bucket_size 512;
"""

#: Stands in the server. No page of the portal has such an address.
BY_QUERY = """\
# /index.php?option=com_content&view=article&id=24: không trang nào của cổng có địa chỉ như thế.
if ($portal_by_query) {
    return 301 $portal_by_query;
}
"""

#: Stands where no page was found: so no line of the table can shadow one.
BY_PATH = """\
    # Chỉ hỏi bảng địa chỉ cũ khi cổng không có trang nào ở đó: không dòng nào của bảng che được một trang.
    if ($portal_by_path) {
        return 301 $portal_by_path;
    }
"""

_MAPS = r"""
# Địa chỉ của cổng Joomla cũ (docs/chuyen-tu-joomla.md). Joomla tìm bài theo số: /tin-tuc/24-chu-gi-cung-duoc.html là bài 24.
# make import viết redirects.map, mỗi bài một dòng; viết ma[p] thì nginx không đòi tệp ấy khi chưa nhập gì.
map "$arg_option:$arg_view:$arg_task:$arg_id" $portal_old_query {
    default "";
    "~^com_k2:item:[^:]*:0*(?<q1>[0-9]+)"                      k$q1;
    "~^com_k2:itemlist:category:0*(?<q2>[0-9]+)"               kc$q2;
    "~^(com_content)?:section:[^:]*:0*(?<q3>[0-9]+)"           s$q3;
    "~^(com_content)?::(blog)?section:0*(?<q4>[0-9]+)"         s$q4;
    "~^(com_content)?:category:[^:]*:0*(?<q5>[0-9]+)"          c$q5;
    "~^(com_content)?::(blog)?category:0*(?<q6>[0-9]+)"        c$q6;
    "~^(com_content)?:(article)?:(view)?:0*(?<q7>[0-9]+)"      a$q7;
}
map $request_uri $portal_old_number {
    default "";
    "~/item/0*(?<n1>[0-9]+)([:-][^/?]*)?/?([?]|$)"                k$n1;
    "~/itemlist/category/0*(?<n2>[0-9]+)([:-][^/?]*)?/?([?]|$)"   kc$n2;
    "~/0*(?<n3>[0-9]+)([:-][^/?]*|[.](html?|pdf))?/?([?]|$)"      a$n3;
}
map $request_uri $portal_old_last {
    default "";
    "~/(?<last>[^/?]+?)([.](html?|pdf))?/?([?]|$)"       "=$last";
}
map $request_uri $portal_old_path {
    default "";
    "~^(/index[.]php)?(?<path>/[^?]*?)([.](html?|pdf))?/?([?]|$)" $path;
}
map $portal_old_query $portal_by_query {
    default "";
    include CURRENT/redirects.ma[p];
}
map $portal_old_number $portal_by_number {
    default "";
    include CURRENT/redirects.ma[p];
}
map $portal_old_last $portal_by_last {
    default $portal_by_number;
    include CURRENT/redirects.ma[p];
}
map $portal_old_path $portal_by_path {
    default $portal_by_last;
    include CURRENT/redirects.ma[p];
}
"""


def maps(current: Path) -> str:
    """Return the maps from the addresses that readers ask for to those of pages. ``current``: the live release."""
    return _MAPS.lstrip("\n").replace("CURRENT", str(current))
